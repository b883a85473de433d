"""Many pages: several processes (`workers`), Dask (`dask`), Spark (`spark`)."""
