import Type, { type Static } from "typebox";

export const Message = Type.Object({ message: Type.String() });
export type Message = Static<typeof Message>;
