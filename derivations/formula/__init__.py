"""Check somebody's own formula for a gradient of a model: a small language, strict shapes, exact arithmetic, a diagnosis."""
