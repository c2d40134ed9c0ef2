import { ROLES, type Role } from '@guatu/kernel'

export const isRole = (value: string): value is Role => Object.hasOwn(ROLES, value)
