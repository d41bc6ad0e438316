// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExecutorRegistry} from "../../src/interfaces/IExecutorRegistry.sol";
import {ChargeFailure, Mandate, MandateStatus, SingleCharge} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {AnsweringRegistry, GasBurningRegistry} from "../mocks/HostileRegistries.sol";
import {Deployed} from "../support/Deployed.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice The keys that may send charges: replaced, stolen, taken away.
contract ExecutorsTest is SubscriptionsTest {
    function test_a_key_is_replaced_without_asking_customers_to_sign_again() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        address next = address(0x7777);
        expectNotExecutor(next);
        chargeAs(next, terms, chargeOf(0, PRICE));
        registry.setExecutor(next, true);
        registry.setExecutor(executor, false);
        expectNotExecutor(executor);
        chargeAs(executor, terms, chargeOf(0, PRICE));
        chargeAs(next, terms, chargeOf(0, PRICE));
        assertPaidOut(usdc, 1);
    }

    function test_a_revoked_key_can_do_nothing_at_all() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        registry.setExecutor(executor, false);
        expectNotExecutor(executor);
        vm.prank(executor);
        subscriptions.cancelFor(terms);
        Mandate[] memory all = new Mandate[](1);
        all[0] = terms;
        expectNotExecutor(executor);
        vm.prank(executor);
        subscriptions.chargeGroup(groupOf(all), GAS_PER_TRANSFER);
        SingleCharge[] memory singles = new SingleCharge[](1);
        singles[0] = SingleCharge(terms, chargeOf(0, PRICE));
        expectFailed(terms, 0, ChargeFailure.NotExecutor);
        vm.prank(executor);
        subscriptions.chargeBatch(noGroups(), singles, GAS_PER_TRANSFER);
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
    }

    /// @dev Everything that the owner of a registry can do: let keys in. They are as bound as any.
    function test_whoever_owns_the_registry_takes_no_more_than_any_executor() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        registry.setExecutor(attacker, true);
        expectRefused(terms, ChargeFailure.MaximumExceeded);
        chargeAs(attacker, terms, chargeOf(0, MAXIMUM + 1));
        chargeAs(attacker, terms, chargeOf(0, PRICE));
        vm.assertEq(usdc.balanceOf(attacker), 0, "not a unit for the sender");
        assertPaidOut(usdc, 1);
    }

    function test_another_operators_registry_opens_nothing() public {
        Mandate memory terms = activated();
        approve(type(uint256).max);
        IExecutorRegistry own = Deployed.registry(attacker);
        vm.prank(attacker);
        own.setExecutor(attacker, true);
        expectNotExecutor(attacker);
        chargeAs(attacker, terms, chargeOf(0, PRICE));
        terms.plan.registry = address(own);
        expectRefused(terms, ChargeFailure.NotActive);
        chargeAs(attacker, terms, chargeOf(0, PRICE));
        vm.prank(attacker);
        subscriptions.cancelFor(terms);
        assertStatus(mandate(), MandateStatus.Active, "what the customer signed goes on");
        vm.assertEq(usdc.balanceOf(subscriber), 1_000e6, "nothing moved");
    }

    function test_a_registry_that_does_not_say_true_says_no() public {
        refusesBy(attacker);
        refusesBy(address(usdc));
        refusesBy(address(new AnsweringRegistry("")));
        refusesBy(address(new AnsweringRegistry(abi.encode(false))));
        refusesBy(address(new AnsweringRegistry(abi.encode(uint256(2)))));
        refusesBy(address(new AnsweringRegistry(hex"01")));
    }

    function test_a_registry_that_burns_gas_hurts_only_its_own_charge() public {
        SingleCharge[] memory singles = new SingleCharge[](2);
        Mandate memory terms = mandate();
        terms.plan.registry = address(new GasBurningRegistry());
        singles[0] = SingleCharge(activatedBy(0x7000, terms, usdc), chargeOf(0, PRICE));
        singles[1] = SingleCharge(activatedBy(0x7001, mandate(), usdc), chargeOf(0, PRICE));
        vm.prank(executor);
        subscriptions.chargeBatch{gas: 3_000_000}(noGroups(), singles, GAS_PER_TRANSFER);
        assertPaidOut(usdc, 1);
    }

    function refusesBy(address other) private {
        Mandate memory terms = mandate();
        terms.plan.registry = other;
        activate(terms);
        expectNotExecutor(executor);
        chargeAs(executor, terms, chargeOf(0, PRICE));
    }
}
