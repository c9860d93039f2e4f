/** The slot file: its pages, where records stand in them, and the force that threads share. */
@NullMarked
package dev.handfast.xa.internal.log.slot;

import org.jspecify.annotations.NullMarked;
