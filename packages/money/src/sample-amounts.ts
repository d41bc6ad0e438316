/** For tests: a deterministic spread over all magnitudes, so that a failure can be repeated. */
export function* amounts(count: number, maximum: bigint): Generator<bigint> {
  let state = 88172645463325252n;
  for (let index = 0; index < count; index++) {
    state ^= (state << 13n) & 0xffffffffffffffffn;
    state ^= state >> 7n;
    state ^= (state << 17n) & 0xffffffffffffffffn;
    const bits = BigInt(index % maximum.toString(2).length) + 1n;
    yield ((state * state) % (1n << bits)) % (maximum + 1n);
  }
}
