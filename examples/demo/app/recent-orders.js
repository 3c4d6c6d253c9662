const SHOWN = 20;
const recent = [];

/** Remembers an order for the front page, which shows the last few. */
export function remember(order) {
  recent.push(order);
  if (recent.length > SHOWN) recent.shift();
}

/** The last orders, newest first. */
export function lastOrders() {
  return recent.slice(-SHOWN).reverse();
}

/** How many orders are held in memory. */
export function held() {
  return recent.length;
}
