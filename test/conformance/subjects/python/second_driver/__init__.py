"""A second Cinder driver for E-Series arrays: written from the contract and the REST facts, to try the suite with."""

from second_driver.driver import SecondDriver

__all__ = ["SecondDriver"]
