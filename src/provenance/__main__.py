"""``python -m provenance``: the command line."""

from provenance_audit import main

if __name__ == "__main__":
    main()
