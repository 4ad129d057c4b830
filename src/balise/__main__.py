"""`python -m balise`."""

from balise.cli import main

if __name__ == "__main__":
    main()
