/** How an operator gets in: audit log, control socket, MXBean, and the JSON that they speak. */
@NullMarked
package dev.handfast.xa.internal.management;

import org.jspecify.annotations.NullMarked;
