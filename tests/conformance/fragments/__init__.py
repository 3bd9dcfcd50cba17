"""The parts that random programs are made of, by feature.

A module gives, for each of its features, a `Feature`: what stands at the head of the program, and functions that make
statements for the body of a worker: `fragment(maker, index, depth) -> [statement…]`. `index` is the worker's number,
`depth` the nesting of compound statements. `weight` says how often fragments are chosen.
"""

from dataclasses import dataclass, field


@dataclass
class Feature:
    fragments: list  # (weight, function)
    head: callable = lambda maker: []
    world: callable = lambda maker: []
    limits: dict = field(default_factory=dict)
