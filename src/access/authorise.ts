import type { Permission } from './permission.ts'
import type { Principal } from './principal.ts'

/** CONTRACT. The one decision point. @throws AccessDeniedError in AWS's words unless the principal may do it */
export declare function authorise(principal: Principal, permission: Permission): void
