"""The order of the stages: sources → documents → statements → store. Nothing else knows it."""

from saidao.pipeline.build import build
from saidao.pipeline.stages import process
from saidao.pipeline.summary import Progress, Summary

__all__ = ["Progress", "Summary", "build", "process"]
