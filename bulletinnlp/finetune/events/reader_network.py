"""The network of events in PyTorch: an encoder of characters, and heads that read predicates and their arguments."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from bulletinnlp.annotations import EVENT_TYPES
from bulletinnlp.events.candidates import ROLES, SIZES
from bulletinnlp.events.character_marks import MARKS
from bulletinnlp.events.head_inputs import REACH
from bulletinnlp.finetune.names.tagger_network import drop, halves
from bulletinnlp.names.encoder import PAD, WIDTH


@dataclass(frozen=True)
class Design:
    """Sizes. `dilations`: one layer of the encoder each, which sees that far to both sides."""

    wide: int = 256
    dilations: tuple[int, ...] = (1, 2, 4, 8, 1, 2, 4)
    char: int = 96
    pair: int = 64
    words: int = 48
    marks: int = 32
    sense: int = 64
    deep: int = 160
    pointer: int = 96
    dropout: float = 0.3


class Encoder(nn.Module):
    """Characters, pairs, words and marks of passages as vectors: dilated convolutions with residuals."""

    def __init__(self, chars: int, pairs: int, design: Design) -> None:
        super().__init__()
        self.design = design
        self.char = nn.Embedding(chars, design.char, padding_idx=PAD)
        self.pair = nn.Embedding(pairs, design.pair, padding_idx=PAD)
        self.words = nn.Linear(WIDTH, design.words, bias=False)
        self.marks = nn.Linear(len(MARKS), design.marks, bias=False)
        nn.init.normal_(self.char.weight, std=0.3)
        nn.init.normal_(self.pair.weight, std=0.3)
        # What characters and pairs mean (`senses.py`): not trained, so that words never seen keep their place.
        self.char_sense = nn.Embedding(chars, design.sense, padding_idx=PAD)
        self.pair_sense = nn.Embedding(pairs, design.sense, padding_idx=PAD)
        for table in (self.char_sense, self.pair_sense):
            table.weight.requires_grad_(False)
        size, wide = design.char + design.pair + design.words + design.marks + 2 * design.sense, design.wide
        self.enter = nn.Linear(size, wide)
        self.layers = nn.ModuleList(nn.Conv1d(wide, wide, 3) for _ in design.dilations)
        for layer in self.convolutions():
            nn.init.normal_(layer.weight, std=(2.0 / (3 * wide)) ** 0.5 * 0.7)

    def convolutions(self) -> list[nn.Conv1d]:
        """The layers."""
        return [layer for layer in self.layers if isinstance(layer, nn.Conv1d)]

    def senses(self, chars: Tensor, pairs: Tensor) -> Tensor:
        """What each character means, and the pair that begins with it."""
        return torch.cat([self.char_sense(chars), self.pair_sense(pairs)], -1)

    def entered(self, chars: Tensor, pairs: Tensor, words: Tensor, marks: Tensor) -> tuple[Tensor, Tensor]:
        """What the first layer makes of the input, and where characters are."""
        own = (self.char(chars), self.pair(pairs), self.words(words), self.marks(marks))
        x = torch.cat([*own, self.senses(chars, pairs)], -1)
        filled = (chars != PAD)[..., None].to(x.dtype)
        return torch.relu(self.enter(drop(x, self.design.dropout, self.training))) * filled, filled

    def forward(self, chars: Tensor, pairs: Tensor, words: Tensor, marks: Tensor) -> Tensor:
        """Vectors of rows of passages, zero where no character is."""
        x, filled = self.entered(chars, pairs, words, marks)
        kind = torch.bfloat16 if self.training and halves() else torch.float32
        filled = filled.transpose(1, 2).to(kind)
        x = x.transpose(1, 2).to(kind)
        for layer, dilation in zip(self.convolutions(), self.design.dilations, strict=True):
            weight, bias = (value.to(kind) for value in layer.parameters())
            y = torch.relu(nn.functional.conv1d(x, weight, bias, padding=dilation, dilation=dilation))
            y = drop(y.transpose(1, 2), self.design.dropout / 3, self.training).transpose(1, 2)
            x = (x + y) * filled
        return x.transpose(1, 2).float()


@dataclass
class Answers:
    """What the heads say: scores of tags by character, of types and flags by event, of roles by option, of places."""

    tags: Tensor
    types: Tensor
    flags: Tensor
    options: Tensor
    pointers: Tensor
    nothing: Tensor


class Reader(nn.Module):
    """The encoder and the heads."""

    def __init__(self, chars: int, pairs: int, design: Design) -> None:
        super().__init__()
        self.design = design
        self.encoder = Encoder(chars, pairs, design)
        wide, deep, point = design.wide, design.deep, design.pointer
        self.tags = nn.Linear(wide, 3)
        self.trigger = nn.Linear(2 * wide, deep)
        self.mention = nn.Linear(2 * wide, deep)
        tables = [nn.Embedding(size, deep) for size in SIZES]
        self.features = nn.ModuleList(tables)
        self.beside = nn.Embedding(chars, 24, padding_idx=PAD)
        self.from_beside = nn.Linear(48, deep, bias=False)
        for table in tables:
            nn.init.normal_(table.weight, std=0.1)
        self.of_trigger = nn.Linear(deep, deep)
        self.of_mention = nn.Linear(deep, deep, bias=False)
        self.of_both = nn.Linear(deep, deep, bias=False)
        self.second = nn.Linear(deep, deep)
        # The four roles, chosen; three of them with company (several actors).
        self.roles = nn.Linear(deep, len(ROLES) + 3)
        self.query = nn.Linear(deep, point)
        self.key = nn.Linear(wide, point, bias=False)
        self.distance = nn.Embedding(2 * REACH + 1, point)
        nn.init.normal_(self.distance.weight, std=0.1)
        # First and last character of the object, of an actor's words.
        self.pointers = nn.Linear(point, 4)
        self.nothing = nn.Linear(deep, 1)
        self.object = nn.Linear(point, deep, bias=False)
        self.head = nn.Linear(wide, deep)
        # Trigger, object and headline, as read and by what their characters mean.
        self.kind = nn.Linear(3 * deep + 8 * design.sense, deep)
        self.types = nn.Linear(deep, len(EVENT_TYPES))
        self.flags = nn.Linear(deep, 2)

    def encode(self, batch: Batch) -> Tensor:
        """The vectors of all characters of the passages, flat, with a vector of zeros behind them."""
        x = self.encoder(batch.chars, batch.pairs, batch.words, batch.marks)
        flat = x.reshape(-1, x.shape[-1])
        return torch.cat([flat, flat.new_zeros(1, flat.shape[1])])

    def forward(self, batch: Batch) -> Answers:
        flat = self.encode(batch)
        size, train = self.design.dropout, self.training

        def soft(x: Tensor) -> Tensor:
            return nn.functional.dropout(x, size, train)

        tags = self.tags(soft(flat[:-1])).view(*batch.chars.shape, 3)
        trigger = soft(torch.relu(self.trigger(flat[batch.triggers].flatten(1))))
        mention = soft(torch.relu(self.mention(flat[batch.places].flatten(1))))
        own = trigger[batch.owner]
        x = self.of_trigger(own) + self.of_mention(mention) + self.of_both(own * mention)
        for number, table in enumerate(self.features):
            x = x + table(batch.features[:, number])
        x = soft(torch.relu(x + self.from_beside(self.beside(batch.beside).flatten(1))))
        options = self.roles(soft(torch.relu(self.second(x)) + x))
        keys = self.key(flat)[batch.windows]
        hidden = torch.relu(self.query(trigger)[:, None] + keys + self.distance(batch.distances))
        pointers = self.pointers(hidden).masked_fill(batch.outside[..., None], -1e4)
        nothing = self.nothing(trigger)[:, 0]
        senses = self.encoder.senses(batch.chars, batch.pairs).flatten(0, 1)
        senses = torch.cat([senses, senses.new_zeros(1, senses.shape[1])])
        first = torch.cat([pointers[..., 0], nothing[:, None]], 1).softmax(1)[:, :-1]
        within = first.cumsum(1) * (1 - pointers[..., 1].softmax(1).cumsum(1) + pointers[..., 1].softmax(1))
        objects = torch.relu(self.object((within[..., None] * keys).sum(1)))
        meant = (within[..., None] * senses[batch.windows]).sum(1)
        heads = torch.relu(self.head(self.headlines(flat, batch)))[batch.article_of]
        topic = self.headlines(senses, batch)[batch.article_of]
        about = [trigger, objects, heads, senses[batch.triggers].flatten(1), meant, topic]
        kind = soft(torch.relu(self.kind(torch.cat(about, 1))))
        return Answers(tags, self.types(kind), self.flags(trigger), options, pointers, nothing)

    def headlines(self, flat: Tensor, batch: Batch) -> Tensor:
        """The mean vector of each article's headline, zeros where there is none."""
        total = flat.new_zeros(batch.articles, flat.shape[1])
        total.index_add_(0, batch.head_owner, flat[batch.head_places])
        count = torch.zeros(batch.articles).index_add_(0, batch.head_owner, torch.ones(len(batch.head_owner)))
        return total / count.clamp_min(1)[:, None]


@dataclass
class Batch:
    """Articles side by side: padded passages; everything else flat, places counted in the flattened passages."""

    chars: Tensor
    pairs: Tensor
    words: Tensor
    marks: Tensor
    tags: Tensor
    triggers: Tensor
    types: Tensor
    flags: Tensor
    article_of: Tensor
    articles: int
    head_places: Tensor
    head_owner: Tensor
    windows: Tensor
    distances: Tensor
    outside: Tensor
    what: Tensor
    phrase: Tensor
    owner: Tensor
    places: Tensor
    beside: Tensor
    features: Tensor
    right: Tensor
    allowed: Tensor
