/** What a log holds: decisions, what of them is damaged, and their bytes. */
@NullMarked
package dev.handfast.xa.internal.log.record;

import org.jspecify.annotations.NullMarked;
