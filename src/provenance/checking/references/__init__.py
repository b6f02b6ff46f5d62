"""Finding references to the Hub in code, notebooks, shell, configurations and cards."""
