"""The pages. Each module has the page's parameters (`Question`), its template, and `values`, which fills it."""
