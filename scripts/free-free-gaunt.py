"""Writes src/model/gaunt-table.fixture.ts: the thermally averaged free-free Gaunt factor on a grid of log10 gamma^2 and log10 u.

    python3 scripts/free-free-gaunt.py && npx biome check --write src/model/gaunt-table.fixture.ts        (half a minute; mpmath, numpy)

With w = h nu and electron energies in units of Z^2 Ry, gamma^2 = Z^2 Ry/kT, u = h nu/kT, eta = energy^-1/2:

    g(gamma^2, u) = int_0^inf exp(-x) g_ff((x + u)/gamma^2, x/gamma^2) dx
    g_ff(e_i, e_f) = sqrt(3) pi X d|F(i eta_i, i eta_f; 1; X)|^2/dX / ((exp(2 pi eta_i) - 1)(1 - exp(-2 pi eta_f)))
    X = -4 eta_i eta_f/(eta_f - eta_i)^2

Sommerfeld's non-relativistic dipole formula (Karzas & Latter 1961, ApJS 6, 167), average after Sutherland 1998, MNRAS 300, 321.
The integral is done in s = sqrt(x) with 36 Gauss-Legendre points up to x = 37.
"""

from math import exp, expm1, pi, sqrt
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from mpmath import hyp2f1, mp, mpc

mp.dps = 15
LOG_GAMMA2 = np.linspace(-4, 1.6, 29)
LOG_U = np.linspace(-4, 1.8, 30)
NODES, WEIGHTS = np.polynomial.legendre.leggauss(36)
ROOTS, STEPS = 3.05 * (NODES + 1), 3.05 * WEIGHTS
# a final energy below this counts as this one: the factor has reached its limit there
SLOWEST = 2.5e-5


def gaunt(photon, final):
    final = max(final, SLOWEST)
    initial = final + photon
    a, b = 1 / sqrt(initial), 1 / sqrt(final)
    difference = photon * a * b / (sqrt(initial) + sqrt(final))
    x = -4 * a * b / difference**2
    value = hyp2f1(mpc(0, a), mpc(0, b), 1, x)
    slope = -a * b * hyp2f1(mpc(1, a), mpc(1, b), 2, x)
    derivative = 2 * (value.conjugate() * slope).real
    return float(sqrt(3) * pi * x * derivative / (mp.expm1(2 * pi * a) * -expm1(-2 * pi * b)))


def average(point):
    gamma2, u = 10 ** point[0], 10 ** point[1]
    terms = (w * 2 * s * exp(-s * s) * gaunt(u / gamma2, s * s / gamma2) for s, w in zip(ROOTS, STEPS))
    return sum(terms) / -expm1(-(6.1**2))


if __name__ == "__main__":
    with Pool() as pool:
        values = pool.map(average, [(g, u) for g in LOG_GAMMA2 for u in LOG_U], chunksize=5)
    table = np.array(values).reshape(len(LOG_GAMMA2), len(LOG_U))
    lines = [
        "/**",
        " * Thermally averaged free-free Gaunt factor: rows by log10 Z^2 Ry/kT = -4, -3.8 .. 1.6, columns by log10 E/kT =",
        " * -4, -3.8 .. 1.8. Made by scripts/free-free-gaunt.py from Karzas & Latter 1961, ApJS 6, 167.",
        " */",
        "export const gauntTable: readonly (readonly number[])[] = [",
        *("  [" + ", ".join(f"{value:.6g}" for value in row) + "]," for row in table),
        "];",
        "",
    ]
    (Path(__file__).parent.parent / "src/model/gaunt-table.fixture.ts").write_text("\n".join(lines))
