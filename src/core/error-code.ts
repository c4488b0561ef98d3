/** Whether something thrown carries this code, as the errors of the system (`ENOENT`) and of PostgreSQL (`28P01`) do. */
export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code
}
