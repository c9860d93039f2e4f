/** Artemis brokers as resource managers: the pooled connection factory and recovery. */
@NullMarked
package dev.handfast.xa.artemis;

import org.jspecify.annotations.NullMarked;
