"""A simulated NetApp E-Series array for each test."""

from .array import Array, ArrayError
from .simulator import Simulator, SimulatorError

__all__ = ["Array", "ArrayError", "Simulator", "SimulatorError"]
