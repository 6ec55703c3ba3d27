"""The program behind ./run. Standard library only, because it starts without .venv."""
