/** The wrapper around every enlisted XAResource: name, error codes, failed ends, outcomes. */
@NullMarked
package dev.handfast.xa.internal.branch;

import org.jspecify.annotations.NullMarked;
