"""The measurements, each giving figures."""
