/** Errors that are thrown out of the runtime's own code while it ends transactions. */
@NullMarked
package dev.handfast.xa.it.error;

import org.jspecify.annotations.NullMarked;
