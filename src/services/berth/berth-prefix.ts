/** Where Berth's own operations are: what follows in the path is the operation's name. */
export const berthPrefix = '/berth/v1/'
