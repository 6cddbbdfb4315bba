"""Finding candidates: cheap vector passes nominate, patterns and automata confirm."""
