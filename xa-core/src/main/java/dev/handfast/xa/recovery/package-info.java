/** What an operator sees: the state of the node, its resource managers and its in-doubt work. */
@NullMarked
package dev.handfast.xa.recovery;

import org.jspecify.annotations.NullMarked;
