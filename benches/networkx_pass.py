#!/usr/bin/env python3
"""Builds a network of so many tasks, each after one to three of the 200 before it, and runs both passes over it
with networkx. Prints the seconds it took."""
import random, sys, time

import networkx

count = int(sys.argv[1])
draw = random.Random(3)
duration = [draw.randint(1, 20) for _ in range(count)]
links = [
    (task - back, task)
    for task in range(count)
    for back in (draw.randint(1, 199) for _ in range(draw.randint(1, 3)))
    if back <= task
]
since = time.process_time()
graph = networkx.DiGraph()
graph.add_nodes_from(range(count))
graph.add_edges_from(links)
order = list(networkx.topological_sort(graph))
early = {}
for task in order:
    early[task] = max((early[before] for before in graph.pred[task]), default=0) + duration[task]
finish = max(early.values())
late = {}
for task in reversed(order):
    late[task] = min((late[after] - duration[after] for after in graph.succ[task]), default=finish)
print(f"{time.process_time() - since:.3f}")
