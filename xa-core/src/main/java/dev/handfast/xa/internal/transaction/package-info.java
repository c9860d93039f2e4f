/**
 * The one way in which transactions begin and end, whichever interface asks for it: threads,
 * callbacks, timeouts and outcomes. It knows no type of the transaction manager beneath.
 */
@NullMarked
package dev.handfast.xa.internal.transaction;

import org.jspecify.annotations.NullMarked;
