/*
 * Where the picture is on the screen: {scale, x, y}, so that a point of the picture is at
 * point * scale + (x, y), in CSS pixels from the stage's corner. Pure functions; sizes are {width, height}.
 */
const MARGIN = 8;
const LARGEST = 40; // CSS pixels for one of the picture's
const LARGEST_FIT = 4; // small pictures are not blown up further by themselves

/** The whole picture in the middle. */
export function fitted(size, room) {
  const across = (room.width - 2 * MARGIN) / size.width;
  const down = (room.height - 2 * MARGIN) / size.height;
  const scale = Math.max(0.001, Math.min(across, down, LARGEST_FIT));
  return { scale, x: (room.width - size.width * scale) / 2, y: (room.height - size.height * scale) / 2 };
}

/** As near as it gets to a view in which some of the picture is to be seen. */
export function kept(view, size, room) {
  const fit = fitted(size, room).scale;
  const scale = Math.min(LARGEST, Math.max(Math.min(fit, 1) / 2, view.scale));
  const within = (at, length, space) => {
    const rest = Math.min(space / 2, (length * scale) / 2);
    return Math.min(space - rest, Math.max(rest - length * scale, at));
  };
  return { scale, x: within(view.x, size.width, room.width), y: within(view.y, size.height, room.height) };
}

/** Larger or smaller by a factor, while what is at a place of the screen stays there. */
export function zoomed(view, factor, at, size, room) {
  const { scale } = kept({ ...view, scale: view.scale * factor }, size, room);
  const by = scale / view.scale;
  return kept({ scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by }, size, room);
}

export const toPicture = (view, at) => ({ x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale });

export const toScreen = (view, point) => ({ x: point.x * view.scale + view.x, y: point.y * view.scale + view.y });
