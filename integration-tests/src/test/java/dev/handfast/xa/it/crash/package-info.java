/** Crashes at every step, of the application, the broker and the database. */
@NullMarked
package dev.handfast.xa.it.crash;

import org.jspecify.annotations.NullMarked;
