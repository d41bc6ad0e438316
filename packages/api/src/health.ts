import Type, { type Static } from "typebox";

export const Health = Type.Object({ status: Type.Literal("ok") });
export type Health = Static<typeof Health>;

export const ReadyPart = Type.Object({ name: Type.String(), ok: Type.Boolean(), detail: Type.String() });
export type ReadyPart = Static<typeof ReadyPart>;

/** 200 when every part is ok, else 503. */
export const Ready = Type.Object({
  ready: Type.Boolean(),
  live: Type.Object({
    ready: Type.Boolean({ description: "Live keys are served." }),
    reasons: Type.Array(Type.String(), { description: "Why they are not." }),
  }),
  parts: Type.Array(ReadyPart),
});
export type Ready = Static<typeof Ready>;
