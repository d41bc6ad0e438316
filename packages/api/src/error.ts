import Type, { type Static } from "typebox";

export const FieldProblem = Type.Object({
  field: Type.String(),
  message: Type.String(),
  error: Type.String({ description: "The same as message: the Go client reads this name." }),
});
export type FieldProblem = Static<typeof FieldProblem>;

/** Every failure answers this. */
export const ErrorAnswer = Type.Object({
  error: Type.String({ description: "A sentence a person can act on." }),
  code: Type.String({ description: "Stable; listed in docs/errors.md." }),
  status: Type.Integer({ description: "The HTTP status." }),
  requestId: Type.String({ description: "Name it when you ask for help." }),
  errors: Type.Optional(Type.Array(FieldProblem, { description: "Only for failures of single fields." })),
});
export type ErrorAnswer = Static<typeof ErrorAnswer>;
