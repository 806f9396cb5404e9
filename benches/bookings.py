#!/usr/bin/env python3
"""Bookings by the million, and the bare query that `earnest check` is compared with.

    benches/bookings.py make DIR [--projects 1000] [--tasks 200] [--rows 5000000]   # seeded: the same files everywhere
    benches/bookings.py polars DIR      # load, hours x rate, by project and month; nothing is checked
    benches/bookings.py duckdb DIR

Needs numpy and polars (to make and to query) or duckdb.
"""
import argparse
import os


def make(args):
    import numpy as np
    import polars as pl

    os.makedirs(args.dir, exist_ok=True)
    rng = np.random.default_rng(7)
    count = args.projects * args.tasks
    project = np.repeat(np.array([f"P{p:05d}" for p in range(1, args.projects + 1)]), args.tasks)
    number = np.tile(np.arange(1, args.tasks + 1), args.projects)
    task = np.char.add(np.char.add(project, "-T"), np.char.zfill(number.astype(str), 4))
    days = rng.integers(1, 21, count)
    start = np.busday_offset("2025-01-06", rng.integers(0, 250, count), roll="forward")
    finish = np.busday_offset(start, days - 1, roll="forward")
    tasks = {
        "project_id": project,
        "task_id": task,
        "name": np.char.add("Work, part ", number.astype(str)),
        "baseline_start": start,
        "baseline_finish": finish,
        "duration_days": days,
        "percent_complete": rng.integers(0, 101, count),
        "budget_cost": np.round(days * rng.uniform(250, 2400, count), 2),
    }
    pl.DataFrame(tasks).write_csv(f"{args.dir}/tasks.csv")

    people = np.array([f"{first}.{last}{n:04d}" for n in range(400) for first, last in
                       (("anna", "rossi"), ("ben", "osei"), ("carla", "haddad"), ("dmitri", "kowalski"), ("eva", "ng"))])
    rates = np.array([65, 72.5, 80, 95, 110, 120.0])
    with open(f"{args.dir}/timesheets.csv", "wb") as file:
        for first in range(0, args.rows, 1_000_000):
            rows = min(1_000_000, args.rows - first)
            on = rng.integers(0, count, rows)
            person = (on // args.tasks * 7 + rng.integers(0, 15, rows)) % len(people)
            bookings = {
                "project_id": project[on],
                "task_id": task[on],
                "person": people[person],
                "date": start[on] + (rng.random(rows) * ((finish - start)[on].astype(int) + 1)).astype(int),
                "hours": rng.integers(1, 33, rows) / 4,
                "rate": rates[person % 6],
            }
            pl.DataFrame(bookings).write_csv(file, include_header=first == 0, float_precision=2)


def polars(args):
    import polars as pl

    text, number = pl.String, pl.Float64
    schema = {"project_id": text, "task_id": text, "person": text, "date": pl.Date, "hours": number, "rate": number}
    bookings = pl.scan_csv(f"{args.dir}/timesheets.csv", schema=schema).with_columns(cost=pl.col.hours * pl.col.rate)
    months = bookings.group_by("project_id", pl.col.date.dt.truncate("1mo").alias("month"))
    months = months.agg(pl.col.cost.sum(), pl.col.hours.sum()).sort("project_id", "month")
    tasks = pl.scan_csv(f"{args.dir}/tasks.csv", try_parse_dates=True).group_by("project_id").agg(
        bac=pl.col.budget_cost.sum(), ev=(pl.col.budget_cost * pl.col.percent_complete / 100).sum())
    for frame in pl.collect_all([months, tasks], engine="streaming"):
        print(frame.shape)


def duckdb(args):
    import duckdb

    columns = {name: "VARCHAR" for name in ("project_id", "task_id", "person")}
    columns |= {"date": "DATE", "hours": "DOUBLE", "rate": "DOUBLE"}
    print(duckdb.sql(f"""select count(*), sum(cost) from (
        select project_id, date_trunc('month', date) as month, sum(hours * rate) as cost, sum(hours) as hours
        from read_csv('{args.dir}/timesheets.csv', header = true, columns = {columns}) group by all)""").fetchall())
    print(duckdb.sql(f"""select count(*), sum(ev) from (
        select project_id, sum(budget_cost) as bac, sum(budget_cost * percent_complete / 100) as ev
        from read_csv('{args.dir}/tasks.csv', header = true) group by all)""").fetchall())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["make", "polars", "duckdb"])
    parser.add_argument("dir")
    parser.add_argument("--projects", type=int, default=1000)
    parser.add_argument("--tasks", type=int, default=200)
    parser.add_argument("--rows", type=int, default=5_000_000)
    args = parser.parse_args()
    {"make": make, "polars": polars, "duckdb": duckdb}[args.what](args)


if __name__ == "__main__":
    main()
