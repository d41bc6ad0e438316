export type { Clock, Context, Ids, Log, Policy, Principal, SecretBox, ServiceContext } from "./context.ts";
export { DomainError, type ErrorKind, type FieldError } from "./errors.ts";
