"""The package's version, read by the build as well; importlib.metadata would cost 30 ms at every start."""

__version__ = "0.1.0"
