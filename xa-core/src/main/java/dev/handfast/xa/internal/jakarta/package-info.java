/** The interfaces of Jakarta Transactions over the one way in which transactions begin and end. */
@NullMarked
package dev.handfast.xa.internal.jakarta;

import org.jspecify.annotations.NullMarked;
