/** Gives the present moment. Passed in wherever time matters, so that a test can hold it still. */
export type Clock = () => Date;

/** The computer's own clock. */
export const systemClock: Clock = () => new Date();
