export { appendEvents, type NewEvent } from "./append.ts";
export { findEventsOf } from "./find.ts";
export { type Event, listEvents } from "./list.ts";
