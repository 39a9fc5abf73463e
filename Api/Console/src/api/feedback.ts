import { post } from './http';

export interface FeedbackTarget { readonly type: 'message' | 'selection' | 'citation' | 'panel_turn'; readonly id: string; readonly part?: string }
/** 1 is right, -1 is wrong, 0 takes an earlier rating back. */
export type Rating = 1 | 0 | -1;
export interface Feedback { readonly target: FeedbackTarget; readonly rating: Rating; readonly comment?: string; readonly agent?: string }

export const giveFeedback = (feedback: Feedback) => post<unknown>('/v1/feedback', feedback);
