/**
 * What recovery counts on in a resource adapter, as tests that every adapter extends, and
 * transactions that a test drives by hand.
 */
@NullMarked
package dev.handfast.xa.testkit.contract;

import org.jspecify.annotations.NullMarked;
