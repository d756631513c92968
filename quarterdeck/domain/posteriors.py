"""What is known of a rate, of a count and of a mean logarithm, after looking?

Each has its mean and variance, the probability up to a value (`cdf`), the value up to which a
probability lies (`quantile`, 0 < p < 1), and draws.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]


@dataclass(frozen=True)
class Beta:
    """What is known of a rate."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        return self.mean * (1 - self.mean) / (self.a + self.b + 1)

    def cdf(self, x: float) -> float:
        """The regularised incomplete beta function."""
        if x <= 0 or x >= 1:
            return float(x >= 1)
        if x > (self.a + 1) / (self.a + self.b + 2):
            return 1 - Beta(self.b, self.a).cdf(1 - x)
        known = math.lgamma(self.a + self.b) - math.lgamma(self.a) - math.lgamma(self.b)
        front = math.exp(known + self.a * math.log(x) + self.b * math.log1p(-x))
        return front * _beta_fraction(self.a, self.b, x) / self.a

    def quantile(self, p: float) -> float:
        return _quantile(self, p, 1.0)

    def draws(self, random: np.random.Generator, size: int) -> Draws:
        return random.beta(self.a, self.b, size)


@dataclass(frozen=True)
class Gamma:
    """What is known of events per unit of exposure, or, `over` an exposure, of their number."""

    shape: float
    scale: float

    @property
    def mean(self) -> float:
        return self.shape * self.scale

    @property
    def variance(self) -> float:
        return self.mean * self.scale

    def cdf(self, x: float) -> float:
        """The regularised lower incomplete gamma function, by its series of positive terms."""
        if x <= 0:
            return 0.0
        if x > self.scale * (self.shape + 20 * math.sqrt(self.shape) + 40):
            return 1.0  # to every digit, and the series would overflow
        at, shape = x / self.scale, self.shape
        term = total = 1 / shape
        while term > total * 1e-16:
            shape += 1
            term *= at / shape
            total += term
        known = self.shape * math.log(at) - at - math.lgamma(self.shape)
        return min(total * math.exp(known), 1.0)

    def quantile(self, p: float) -> float:
        return _quantile(self, p, math.inf)

    def draws(self, random: np.random.Generator, size: int) -> Draws:
        return random.gamma(self.shape, self.scale, size)

    def over(self, exposure: float) -> Gamma:
        return Gamma(self.shape, self.scale * exposure)


@dataclass(frozen=True)
class Normal:
    """What is known of a mean logarithm."""

    mean: float
    sd: float

    @property
    def variance(self) -> float:
        return self.sd**2

    def cdf(self, x: float) -> float:
        return NormalDist(self.mean, self.sd).cdf(x)

    def quantile(self, p: float) -> float:
        return NormalDist(self.mean, self.sd).inv_cdf(p)

    def draws(self, random: np.random.Generator, size: int) -> Draws:
        return random.normal(self.mean, self.sd, size)


Posterior = Beta | Gamma | Normal


def _quantile(known: Beta | Gamma, p: float, most: float) -> float:
    """Where the cdf passes p: false position (Illinois), within Cantelli's bound for a tail."""
    reach = math.sqrt(known.variance / min(p, 1 - p))
    low, high = max(known.mean - reach, 0.0), min(known.mean + reach, most)
    under, over = known.cdf(low) - p, known.cdf(high) - p
    side = 0
    while high - low > 1e-12 * high:
        at = (low * over - high * under) / (over - under)
        found = known.cdf(at) - p
        if abs(found) < 1e-13:
            return at
        if found > 0:
            high, over, under = at, found, under / 2 if side > 0 else under
        else:
            low, under, over = at, found, over / 2 if side < 0 else over
        side = 1 if found > 0 else -1
    return (low + high) / 2


def _beta_fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta (DLMF 8.17.22), by Lentz's method."""
    c, d = 1.0, 1 / _kept(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, 10_000):
        before = value
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            c, d = _kept(1 + term / c), 1 / _kept(1 + term * d)
            value *= c * d
        if abs(value - before) <= 1e-15 * abs(value):
            break
    return value


def _kept(x: float) -> float:
    """Never 0, by which Lentz's method would divide."""
    return x or 1e-300
