/** The audit log of an operator's orders does not answer. */
@NullMarked
package dev.handfast.xa.it.audit;

import org.jspecify.annotations.NullMarked;
