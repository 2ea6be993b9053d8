/** Something in which the array differs from what Cinder's database says. */
export interface Finding {
  /** The id of the requirement that fits best; 'ARRAY' for a broken invariant of the array. */
  readonly requirement: string;
  readonly kind: 'missing' | 'leaked' | 'wrong';
  /** The kind of object, e.g. 'snapshot group'. */
  readonly what: string;
  readonly message: string;
}
