import type { Places } from '@guatu/kernel'

/** Levels of areas in which somebody near can meet a need and look after a person. */
const NEAR: readonly string[] = ['town', 'village', 'grid', 'building']

/** Is an area small enough that somebody there can knock at a door? A county is not. */
export const isNear = (level: ReturnType<Places['level']>): boolean => NEAR.includes(level ?? '')
