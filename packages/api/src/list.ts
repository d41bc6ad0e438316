import Type, { type Static, type TSchema } from "typebox";

/** One page of a list: stable under inserts, as the cursor names the last item and never a position. */
export function ListOf<T extends TSchema>(item: T) {
  return Type.Object({
    items: Type.Array(item),
    nextCursor: Type.Union([Type.String(), Type.Null()], { description: "Opaque; null on the last page." }),
  });
}

export const ListQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: "Items per page; 20 when left out." })),
  cursor: Type.Optional(Type.String({ maxLength: 500, description: "`nextCursor` of the page before." })),
});
export type ListQuery = Static<typeof ListQuery>;
