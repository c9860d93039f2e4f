/**
 * What an operator sees and orders: the state of the node, its resource managers and its in-doubt
 * transactions.
 */
@NullMarked
package dev.handfast.xa.recovery;

import org.jspecify.annotations.NullMarked;
