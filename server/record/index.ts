/** The trading record: append, number, read, subscribe, view. It holds no word of any stage. */
export { type AppendOptions, append, appendBlinded, composeEvent, type Head, headOf, VersionConflict } from "./append.ts";
export { ManyAppender } from "./append-many.ts";
export { BlindedPace, type BlindedPaceOptions, type Pace } from "./blinded-pace.ts";
export {
  type Cause,
  commitmentOf,
  type EventData,
  type EventFields,
  type NewEvent,
  type PlacedEvent,
  type RecordedEvent,
} from "./event.ts";
export { Numberer } from "./numberer.ts";
export { checkRecord, foldStream, type LogPlace, placesOf, type Queryable, type RecordCheck, readAfter, readStream } from "./read.ts";
export { Subscriber, type Subscription } from "./subscriber.ts";
export { type Apply, type View, Views } from "./views.ts";
