"""Tiny HanLP components, trained here on made-up sentences: they know nothing, but they are the real thing.

    python tests/models/hanlp_models.py FOLDER

trains a recogniser of names (`FOLDER/ner`, an RNN over characters) and a five-task model (`FOLDER/mtl`: tok, pos, ner,
srl, dep over an encoder of one layer). It needs the extra `hanlp` and `transformers<4.50`.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import made_up

os.environ.setdefault("OMP_NUM_THREADS", "1")


def write_corpora(folder: Path, sentences: list[made_up.Sentence]) -> None:
    """The files that HanLP's tasks are trained on."""
    folder.mkdir(parents=True, exist_ok=True)

    def write(name: str, blocks: list[str]) -> None:
        Path(folder, name).write_text("\n\n".join(blocks) + "\n\n", encoding="utf-8")

    write("chars.tsv", ["\n".join("\t".join(pair) for pair in made_up.characters(s)) for s in sentences])
    Path(folder, "tok.txt").write_text("".join(" ".join(w.text for w in s) + "\n" for s in sentences), encoding="utf-8")
    write("pos.tsv", ["\n".join(f"{w.text}\t{w.pos}" for w in s) for s in sentences])
    write("ner.tsv", ["\n".join(f"{w.text}\t{'S-' if w.name != 'O' else ''}{w.name}" for w in s) for s in sentences])
    rows = ["\n".join(f"{i}\t{w.text}\t_\t{w.pos}\t{w.pos}\t_\t{w.head}\t{w.relation}\t_\t_"
                      for i, w in enumerate(s, 1)) for s in sentences]  # fmt: skip
    write("dep.conllx", rows)
    with Path(folder, "srl.jsonlines").open("w", encoding="utf-8") as file:
        for s in sentences:
            verb = next(i for i, w in enumerate(s) if w.role == "PRED")
            spans: dict[str, list[int]] = {}
            for i, w in enumerate(s):
                if w.role not in ("O", "PRED"):
                    spans.setdefault(w.role, []).append(i)
            srl = [[verb, at[0], at[-1], role] for role, at in spans.items()]
            file.write(json.dumps({"sentences": [[w.text for w in s]], "srl": [srl]}, ensure_ascii=False) + "\n")


def train_names(corpora: Path, folder: Path, epochs: int = 12) -> None:
    """A recogniser of names that reads characters."""
    from hanlp.components.ner.rnn_ner import RNNNamedEntityRecognizer

    data = str(corpora / "chars.tsv")
    RNNNamedEntityRecognizer().fit(
        data, data, str(folder), epochs=epochs, embed=32, rnn_hidden=32, batch_size=16, lr=0.01, drop=0.1, crf=False,
        tagging_scheme="BIO", devices=-1, seed=1, verbose=False,
    )  # fmt: skip


def make_encoder(folder: Path, sentences: list[made_up.Sentence]) -> None:
    """An untrained encoder of one layer, whose vocabulary is the characters of the sentences."""
    from transformers import BertConfig, BertModel, BertTokenizer

    folder.mkdir(parents=True, exist_ok=True)
    chars = sorted({char for s in sentences for char in made_up.text(s)})
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *chars]
    Path(folder, "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    size = BertConfig(
        vocab_size=len(words), hidden_size=64, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=512, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    BertModel(size).save_pretrained(folder)


def train_tasks(corpora: Path, encoder: Path, folder: Path, epochs: int = 10) -> None:
    """A model of five tasks over the encoder, named as in the models that HanLP publishes."""
    from hanlp.common.dataset import SortingSamplerBuilder
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp.components.mtl.tasks.dep import BiaffineDependencyParsing
    from hanlp.components.mtl.tasks.ner.tag_ner import TaggingNamedEntityRecognition
    from hanlp.components.mtl.tasks.pos import TransformerTagging
    from hanlp.components.mtl.tasks.srl.bio_srl import SpanBIOSemanticRoleLabeling
    from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization
    from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding

    def task(kind: type, name: str, **options: object) -> object:
        data = str(corpora / name)
        return kind(data, data, data, SortingSamplerBuilder(batch_size=16), lr=5e-3, **options)

    tasks = {
        "tok/fine": task(TaggingTokenization, "tok.txt"),
        "pos/ctb": task(TransformerTagging, "pos.tsv", dependencies="tok/fine"),
        "ner/msra": task(TaggingNamedEntityRecognition, "ner.tsv", tagging_scheme="IOBES", dependencies="tok/fine"),
        "srl": task(SpanBIOSemanticRoleLabeling, "srl.jsonlines", dependencies="tok/fine", n_mlp_rel=32),
        "dep": task(BiaffineDependencyParsing, "dep.conllx", dependencies="tok/fine", n_mlp_arc=64, n_mlp_rel=32),
    }
    MultiTaskLearning().fit(
        ContextualWordEmbedding("token", str(encoder), average_subwords=True, max_sequence_length=512),
        tasks, str(folder), epochs, lr=5e-3, encoder_lr=2e-3, patience=epochs, eval_trn=False, devices=-1, seed=1,
    )  # fmt: skip


def train(folder: Path) -> None:
    sentences = made_up.sentences(160)
    write_corpora(folder / "corpora", sentences)
    train_names(folder / "corpora", folder / "ner")
    make_encoder(folder / "encoder", sentences)
    train_tasks(folder / "corpora", folder / "encoder", folder / "mtl")


if __name__ == "__main__":
    train(Path(sys.argv[1]))
