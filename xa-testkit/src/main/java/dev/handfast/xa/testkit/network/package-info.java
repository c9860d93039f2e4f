/** A network between two parts that can be cut, stalled and joined again. */
@NullMarked
package dev.handfast.xa.testkit.network;

import org.jspecify.annotations.NullMarked;
