"""Helpers of the tests; what they promise is tested in test_harness.py."""
